/** Following jobs up, and the office's mail server. */
import { ok } from '../../shared/result.ts';
import { replaceSigner, restoreDraft } from '../desk/following.ts';
import { mailView, putMail } from '../desk/mail-settings.ts';
import { askReminder } from '../desk/reminders-due.ts';
import type { Handlers } from '../rpc/router.ts';
import { actorOf, withDesk, type HandlerKit } from './kit.ts';

export function followHandlers(kit: HandlerKit) {
  const { at, run, emit, door, background, options, jobChanged, settingsChanged } = kit;
  const shown = () => withDesk(door, (desk) => ok(mailView(desk)));
  return {
    'job.restore': at(restoreDraft, jobChanged),
    'job.replaceSigner': at(replaceSigner, jobChanged),
    'job.remind': (input, caller) => {
      const asked = at(askReminder, jobChanged)(input, caller);
      if (asked.ok) background.sendMail();
      return asked;
    },
    'job.reminderLetter': async ({ task, ...input }, caller) => {
      const made = await run('reminder.letter', input, options(caller, task, 'counter'));
      if (made.ok) emit(jobChanged(input));
      return made;
    },
    'settings.mail': shown,
    'settings.putMail': (input, caller) => {
      const put = withDesk(door, (desk) => putMail(desk, input, actorOf(caller)));
      if (!put.ok) return put;
      emit(settingsChanged());
      background.sendMail();
      return shown();
    },
    'settings.checkMail': (input, caller) =>
      run('mail.check', input, options(caller, undefined, 'background')),
  } satisfies Partial<Handlers>;
}
