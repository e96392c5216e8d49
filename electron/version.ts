/** The program's own version, for evidence, windows and support. */
import program from '../package.json' with { type: 'json' };

export const version: string = program.version;
