/*
 * A PKCS #11 driver that behaves as bad as real ones do: it passes everything on to SoftHSM2 and adds a
 * PIN counter that locks, a PIN pad, a hang, a crash, a card that is taken out. What it does stands in
 * `<its own path>.control`, one `key=value` a line, read anew at every call; `<its own path>.log` has a
 * line for every login and signature it was asked for.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define CK_PTR *
#define CK_DEFINE_FUNCTION(returnType, name) returnType name
#define CK_DECLARE_FUNCTION(returnType, name) returnType name
#define CK_DECLARE_FUNCTION_POINTER(returnType, name) returnType(*name)
#define CK_CALLBACK_FUNCTION(returnType, name) returnType(*name)
#ifndef NULL_PTR
#define NULL_PTR 0
#endif
#include <pkcs11/pkcs11.h>

static CK_FUNCTION_LIST_PTR real;
static CK_FUNCTION_LIST mine;

static const char *beside(const char *suffix) {
  static char path[4200];
  Dl_info self;
  dladdr((void *)beside, &self);
  snprintf(path, sizeof path, "%s.%s", self.dli_fname, suffix);
  return path;
}

static int control(const char *key, char *value, size_t size) {
  FILE *file = fopen(beside("control"), "r");
  char line[4200];
  int found = 0;
  if (!file) return 0;
  while (!found && fgets(line, sizeof line, file)) {
    char *equals = strchr(line, '=');
    if (!equals) continue;
    *equals = 0;
    if (strcmp(line, key) != 0) continue;
    snprintf(value, size, "%s", equals + 1);
    value[strcspn(value, "\n")] = 0;
    found = 1;
  }
  fclose(file);
  return found;
}

static int is(const char *key, const char *wanted) {
  char value[100];
  return control(key, value, sizeof value) && strcmp(value, wanted) == 0;
}

static void note(const char *what) {
  FILE *file = fopen(beside("log"), "a");
  if (!file) return;
  fprintf(file, "%s\n", what);
  fclose(file);
}

static void misbehave(const char *where) {
  if (is("hang", where)) sleep(60);
  if (is("crash", where)) abort();
}

static int gone(void) {
  return is("removed", "1") || access(beside("removed"), F_OK) == 0;
}

/* -1: this card counts nothing. */
static int triesLeft(void) {
  FILE *file = fopen(beside("tries"), "r");
  int left = 3;
  if (!is("counter", "1")) return -1;
  if (file) {
    if (fscanf(file, "%d", &left) != 1) left = 3;
    fclose(file);
  }
  return left;
}

static void keepTries(int left) {
  FILE *file = fopen(beside("tries"), "w");
  if (!file) return;
  fprintf(file, "%d", left);
  fclose(file);
}

static CK_RV initialize(CK_VOID_PTR arguments) {
  char conf[4096];
  if (control("conf", conf, sizeof conf)) setenv("SOFTHSM2_CONF", conf, 1);
  misbehave("start");
  if (is("fail", "start")) return CKR_GENERAL_ERROR;
  return real->C_Initialize(arguments);
}

static CK_RV slotList(CK_BBOOL present, CK_SLOT_ID_PTR list, CK_ULONG_PTR count) {
  misbehave("slots");
  if (is("readers", "0")) {
    *count = 0;
    return CKR_OK;
  }
  return real->C_GetSlotList(present, list, count);
}

static CK_RV slotInfo(CK_SLOT_ID slot, CK_SLOT_INFO_PTR info) {
  CK_RV rv = real->C_GetSlotInfo(slot, info);
  if (rv == CKR_OK && gone()) info->flags &= ~CKF_TOKEN_PRESENT;
  return rv;
}

static CK_RV tokenInfo(CK_SLOT_ID slot, CK_TOKEN_INFO_PTR info) {
  CK_RV rv;
  int left = triesLeft();
  if (gone()) return CKR_TOKEN_NOT_PRESENT;
  if (is("unreadable", "1")) return CKR_TOKEN_NOT_RECOGNIZED;
  rv = real->C_GetTokenInfo(slot, info);
  if (rv != CKR_OK) return rv;
  if (is("pinpad", "1")) info->flags |= CKF_PROTECTED_AUTHENTICATION_PATH;
  if (is("pinset", "0")) info->flags &= ~CKF_USER_PIN_INITIALIZED;
  if (left >= 0) {
    info->flags &= ~(CKF_USER_PIN_COUNT_LOW | CKF_USER_PIN_FINAL_TRY | CKF_USER_PIN_LOCKED);
    if (left < 3) info->flags |= CKF_USER_PIN_COUNT_LOW;
    if (left == 1) info->flags |= CKF_USER_PIN_FINAL_TRY;
    if (left == 0) info->flags |= CKF_USER_PIN_LOCKED;
  }
  return rv;
}

static CK_RV login(CK_SESSION_HANDLE session, CK_USER_TYPE who, CK_UTF8CHAR_PTR pin, CK_ULONG length) {
  char typed[100];
  int left = triesLeft();
  CK_RV rv;
  note(who == CKU_CONTEXT_SPECIFIC ? "login each" : "login");
  misbehave("login");
  if (gone()) return CKR_TOKEN_NOT_PRESENT;
  if (left == 0) return CKR_PIN_LOCKED;
  if (is("pinexpired", "1")) return CKR_PIN_EXPIRED;
  if (is("pinpad", "1")) {
    /* PKCS #11 2.40, C_Login: the PIN is NULL_PTR, nothing else. */
    if (pin != NULL_PTR || length != 0) return CKR_ARGUMENTS_BAD;
    if (!control("padpin", typed, sizeof typed)) return CKR_FUNCTION_CANCELED;
    pin = (CK_UTF8CHAR_PTR)typed;
    length = strlen(typed);
  }
  if (is("pinlength", "1") && length < 4) return CKR_PIN_LEN_RANGE;
  rv = real->C_Login(session, who, pin, length);
  if (left >= 0 && rv == CKR_PIN_INCORRECT) keepTries(left - 1);
  if (left >= 0 && rv == CKR_OK) keepTries(3);
  return rv;
}

static CK_RV sign(CK_SESSION_HANDLE session, CK_BYTE_PTR data, CK_ULONG length, CK_BYTE_PTR out, CK_ULONG_PTR outLength) {
  note("sign");
  misbehave("sign");
  if (is("fail", "sign")) return CKR_FUNCTION_FAILED;
  if (is("remove", "sign")) {
    FILE *file = fopen(beside("removed"), "w");
    if (file) fclose(file);
    return CKR_DEVICE_REMOVED;
  }
  return real->C_Sign(session, data, length, out, outLength);
}

static CK_RV signInit(CK_SESSION_HANDLE session, CK_MECHANISM_PTR mechanism, CK_OBJECT_HANDLE key) {
  if (is("fail", "mechanism")) return CKR_MECHANISM_INVALID;
  return real->C_SignInit(session, mechanism, key);
}

static CK_RV mechanisms(CK_SLOT_ID slot, CK_MECHANISM_TYPE_PTR list, CK_ULONG_PTR count) {
  static const CK_MECHANISM_TYPE hashing[] = {CKM_SHA256_RSA_PKCS};
  if (is("mechanisms", "none")) {
    *count = 0;
    return CKR_OK;
  }
  if (!is("mechanisms", "hashing")) return real->C_GetMechanismList(slot, list, count);
  if (list) memcpy(list, hashing, sizeof hashing);
  *count = 1;
  return CKR_OK;
}

CK_RV C_GetFunctionList(CK_FUNCTION_LIST_PTR_PTR list) {
  void *handle = dlopen(REAL, RTLD_NOW | RTLD_LOCAL);
  CK_RV (*get)(CK_FUNCTION_LIST_PTR_PTR) = handle ? dlsym(handle, "C_GetFunctionList") : 0;
  if (!get || get(&real) != CKR_OK) return CKR_GENERAL_ERROR;
  mine = *real;
  mine.C_GetFunctionList = C_GetFunctionList;
  mine.C_Initialize = initialize;
  mine.C_GetSlotList = slotList;
  mine.C_GetSlotInfo = slotInfo;
  mine.C_GetTokenInfo = tokenInfo;
  mine.C_GetMechanismList = mechanisms;
  mine.C_Login = login;
  mine.C_SignInit = signInit;
  mine.C_Sign = sign;
  *list = &mine;
  return CKR_OK;
}
