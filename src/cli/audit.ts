import type { Command } from 'commander';
import { ConfigError } from '../define/config-error.js';
import { CommandFailed, type Flags } from './command-context.js';
import type { ShellContext, ShellFlags } from './shell/context.js';

export function addAudit(program: Command, context: ShellContext): void {
  const { say, clock } = context;
  const audit = program.command('audit').description('Work with the audit record.');
  audit
    .command('undo')
    .argument('<call>', 'the id of the call, as the field "call" of its lines has it, or the beginning of it')
    .description('Prepare the call that leads back from a recorded one.')
    .option('--run', 'make that call, with the same questions as every other')
    .option('--approved <id>', 'present the approval that somebody else gave for that call')
    .option('--json', 'one JSON value, and nothing else on stdout')
    .action(async (id: string, _: ShellFlags, command: Command) => {
      const { undoCommand } = await import('./shell/undo.js');
      await undoCommand(id, command.optsWithGlobals<ShellFlags>(), context);
    });
  audit
    .command('verify')
    .argument('<files...>', 'file of the audit record; where some were moved away, all of them, the oldest first')
    .description('Check the chain; name the first line that was changed, cut or inserted.')
    .action(async (files: string[], _: Flags, command: Command) => {
      const [{ configOf }, { openStore }, { verifyAuditLog }] = await Promise.all([
        import('./configuration.js'),
        import('../store/index.js'),
        import('../call/audit/verify.js'),
      ]);
      const { store: url } = configOf(command.optsWithGlobals<Flags>(), context);
      const store =
        url === undefined ? undefined : await openStore({ url, now: clock.now, log: (line) => say(`${line}\n`) });
      try {
        const verdict = await verifyAuditLog(files, store).catch((error: NodeJS.ErrnoException) => {
          throw new ConfigError([
            `The audit record ${files.join(', ')} cannot be read (${error.code ?? error.message}).`,
          ]);
        });
        if (!verdict.ok) throw new CommandFailed(`Line ${verdict.line} ${verdict.reason}.`);
        const remark = verdict.remark === undefined ? '' : ` ${verdict.remark}`;
        say(`${verdict.lines} lines, the chain is whole.${remark}\n`);
      } finally {
        await store?.close();
      }
    });
}
