/** `skranke help`, and the answer to every name that is no command. */
import { UsageError, command } from './console.ts';
import { exitCode } from './exit-code.ts';

const usage = `skranke – sign, verify and archive documents

Files
  sign      sign PDFs with a key file or a smart card
  extend    add a timestamp and what later checks need, so that signatures last
  verify    say who signed, whether anything was changed, and whether to trust it
  inspect   say what is in a PDF before anybody signs it
  revision  take out a document as an earlier signer saw it

The archive
  job       make, open, sign, send, seal, withdraw and export jobs
  archive   check, back up, restore, count and export the archive
  sync      send what waits to Posten signering, and fetch what is signed there
  serve     run the program for a browser on this machine
  demo      do the whole main job on a sample, in a folder of its own

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

  skranke job create SPEC.json
  skranke job bulk TEMPLATE ROWS.csv|ROWS.xlsx [--dry-run] [--again]
  skranke job open ID
  skranke job sign ID --signer N --identity-check FILE [--clerk-pin-file F]
          [--token LABEL --pin-file F [--cert NAME] | --key KEY.p12 --passphrase-file F]
  skranke job decline ID --signer N --reason T
  skranke job send | seal | renew | show ID
  skranke job cancel ID --reason T
  skranke job extend ID --deadline TIME
  skranke job list [--search TEXT]
  skranke job export ID DIR [--complete]
  skranke archive verify | witness | stats
  skranke archive backup DIR | restore DIR | export DIR
  skranke sync [--once]
  skranke serve [--port N]
  skranke demo [--out DIR]

Every command
  --json          one JSON document (one per line with several inputs) and nothing else on stdout
Commands of the archive
  --home DIR      the data folder (or SKRANKE_HOME)
  --user NAME     who acts; the passphrase in SKRANKE_PASSPHRASE or --user-passphrase-file F
  --seal-passphrase-file F (or SKRANKE_SEAL_PASSPHRASE)
                  of the seal's key file: a seal that is not a trial seal is locked at every start
  --posten-passphrase-file F (or SKRANKE_POSTEN_PASSPHRASE)
                  of the enterprise certificate for Posten signering, which is locked likewise
  SKRANKE_TSA     addresses of timestamp authorities where no --tsa is given; passwords belong here

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
