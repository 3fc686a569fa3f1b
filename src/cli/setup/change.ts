import type { CommandContext } from '../command-context.js';
import { CommandFailed } from '../command-context.js';
import type { Dialogue } from './dialogue.js';
import type { Edit } from './hosts/edit.js';
import { backUp, replaceFile, textOfFile } from './write-file.js';

/** Something that would be written over something else. */
export interface Overwrite {
  what: string;
  /** What is there now, and what would be. Absent for keys, which are never shown. */
  difference?: string;
}

export interface OverwriteOptions {
  force: boolean;
  dialogue?: Dialogue;
  say: (line: string) => void;
}

/** Asks before something else is written over. Throws a `CommandFailed` on a no, and where nobody can be asked. */
export async function consentTo(overwrites: readonly Overwrite[], { force, dialogue, say }: OverwriteOptions) {
  for (const { what, difference } of overwrites) {
    const told = difference === undefined ? what : `${what}\n${difference}`;
    if (force) say(told);
    else if (!dialogue) throw new CommandFailed(`${told}\nNothing was changed. With --force it is written over.`);
    else {
      say(told);
      if (!(await dialogue.agree('Write over it?'))) throw new CommandFailed('Nothing was changed.');
    }
  }
}

/** Carries a change out, with a copy of what was there, and says so. */
export async function carryOutEdit(
  { path, text, edit }: { path: string; text: string; edit: Edit },
  context: Pick<CommandContext, 'clock' | 'random'>,
): Promise<string> {
  if (edit.kind !== 'changed') return `${path} has it already.`;
  if ((await textOfFile(path)) !== text)
    throw new CommandFailed(`${path} was changed by another program meanwhile. Run the command again.`);
  const copy = text === '' ? undefined : await backUp(path, context);
  await replaceFile(path, edit.text, context);
  return copy === undefined ? `Wrote ${path}.` : `Wrote ${path}; what it was is in ${copy}.`;
}
