/** `skranke help`, and the answer to every name that is no command. */
import { UsageError, command } from './console.ts';
import { exitCode } from './exit-code.ts';

const usage = `skranke – sign, verify and archive documents

  skranke sign IN.pdf... (-o OUT.pdf | --out-dir DIR)
          (--key KEY.p12 --passphrase-file F
           | --pkcs11 MODULE --token LABEL [--pin-file F] [--cert NAME] [--last-try])
          [--level B-B|B-T|B-LT|B-LTA] [--tsa URL]... [--trust FILE]...
          [--field NAME] [--at PAGE,X,Y,W,H] [--image FILE] [--reason T] [--location T] [--name T]
          [--certify 1|2|3] [--digest sha256|sha384|sha512] [--pss]
          [--password-file F] [--repair]
  skranke extend IN.pdf -o OUT.pdf --level B-T|B-LT|B-LTA [--tsa URL]... [--trust FILE]...
          [--digest sha256|sha384|sha512] [--password-file F]
  skranke verify IN... [--trust FILE-OR-FOLDER]... [--trusted-list XML]... [--known-issuers NO]
          [--at TIME] [--offline] [--report OUT.pdf [--language nb|nn|en]] [--password-file F]
  skranke inspect IN.pdf... [--password-file F]
  skranke revision IN.pdf N -o OUT.pdf [--password-file F]
  skranke job create SPEC.json | open ID | sign ID --signer N --identity-check FILE
              [--token LABEL --pin-file F [--cert NAME] | --key KEY.p12 --passphrase-file F] [--clerk-pin-file F]
              | bulk TEMPLATE ROWS.csv|ROWS.xlsx [--dry-run] [--again]
              | decline ID --signer N --reason T
              | send ID | seal ID | renew ID | cancel ID --reason T | extend ID --deadline TIME | show ID | list [--search TEXT] | export ID DIR [--complete]
  skranke archive verify | witness | backup DIR | restore DIR | stats | export DIR
  skranke sync [--once] [--posten-passphrase-file F]
  skranke serve [--port N]
  skranke demo [--out DIR]

  --json          one JSON document (one per line with several inputs) and nothing else on stdout
  --home DIR      the data folder (or SKRANKE_HOME)
  --user NAME     who acts; passphrase in SKRANKE_PASSPHRASE or --user-passphrase-file F
  a real seal is locked at every start: its key file's passphrase in SKRANKE_SEAL_PASSPHRASE or
                  --seal-passphrase-file F
  so is the enterprise certificate: SKRANKE_POSTEN_PASSPHRASE or --posten-passphrase-file F
  SKRANKE_TSA     addresses of timestamp authorities where no --tsa is given; the place for passwords

PAGE counts from 1; X and Y are points from the top left corner of the page as it is displayed.
Exit codes: 0 done or all valid, 1 the answer is no, 2 wrong use or unreadable input, 3 out of reach.
`;

export const main = command((args, terminal) => {
  const [name] = args;
  if (name !== undefined && !/^(?:-h|--help|help)$/.test(name)) {
    terminal.log(usage);
    throw new UsageError(`there is no command ${name}`);
  }
  terminal.emit({ usage });
  terminal.say(usage);
  return Promise.resolve(exitCode.done);
});
