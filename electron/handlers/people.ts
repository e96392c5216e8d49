/** The address book. */
import * as people from '../desk/people.ts';
import * as lists from '../desk/people-list.ts';
import type { Handlers } from '../rpc/router.ts';
import { actorOf, withDesk, type HandlerKit } from './kit.ts';

export function peopleHandlers(kit: HandlerKit) {
  const { at, door, uploads } = kit;
  const changed = () => ({ type: 'book.changed' }) as const;
  return {
    'person.find': at(people.findPeople),
    'person.save': at(people.savePerson, changed),
    'person.keep': at(people.keepSigner, changed),
    'person.remove': at(people.removePerson, changed),
    'group.save': at(people.saveGroup, changed),
    'group.remove': at(people.removeGroup, changed),
    'person.import': ({ upload }, caller) => {
      const path = uploads.path(caller.client, upload);
      if (!path.ok) return path;
      const result = withDesk(door, (desk) =>
        lists.importPeople(desk, { path: path.value }, actorOf(caller)),
      );
      uploads.drop(caller.client, upload);
      if (result.ok) kit.emit(changed());
      return result;
    },
    'person.export': at(lists.exportPeople),
  } satisfies Partial<Handlers>;
}
