import type { Command } from 'commander';
import { ConfigError } from '../../define/config-error.js';
import { CommandFailed, type Flags, type Surroundings } from './surroundings.js';

export function addAudit(program: Command, { configOf, say }: Surroundings): void {
  program
    .command('audit')
    .description('Work with the audit record.')
    .command('verify')
    .argument('<file>', 'file of the audit record')
    .description('Check the chain; name the first line that was changed, cut or inserted.')
    .action(async (file: string, _: Flags, command: Command) => {
      const { store: url } = configOf(command.optsWithGlobals<Flags>());
      const { openStore } = await import('../../store/index.js');
      const { verifyAuditLog } = await import('../../call/audit/verify.js');
      const store =
        url === undefined ? undefined : await openStore({ url, now: Date.now, log: (line) => say(`${line}\n`) });
      try {
        const verdict = await verifyAuditLog(file, store).catch((error: NodeJS.ErrnoException) => {
          throw new ConfigError([`The audit record ${file} cannot be read (${error.code ?? error.message}).`]);
        });
        if (!verdict.ok) throw new CommandFailed(`Line ${verdict.line} ${verdict.reason}.`);
        const remark = verdict.remark === undefined ? '' : ` ${verdict.remark}`;
        say(`${verdict.lines} lines, the chain is whole.${remark}\n`);
      } finally {
        await store?.close();
      }
    });
}
