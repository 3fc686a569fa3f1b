import type { Command } from 'commander';
import { scopeNamed } from '../define/principal.js';
import { type CommandContext, type Flags, splitWords } from './command-context.js';

export function addToken(program: Command, { say, random }: CommandContext): void {
  program
    .command('token')
    .argument('<name>', 'whose token it is')
    .requiredOption('--scopes <words>', 'what it allows, as in read,write,disruptive')
    .option('--groups <names>', 'groups for the policy to look at')
    .option('--person <text>', 'whose it is, as the claim of PGFLEET_PERSON_CLAIM tells it')
    .option('--expires <time>', 'until when, as in 2027-01-01T00:00:00Z')
    .description('Make a static token, shown once, and its entry for the file of PGFLEET_TOKENS_FILE.')
    .action(async (name: string, { scopes, groups, person, expires }: Wanted) => {
      const { tokenCommand } = await import('../http/auth/tokens.js');
      const full = splitWords(scopes).map(scopeNamed);
      const wanted = { name, scopes: full, groups: splitWords(groups), person, expires };
      const { token, entry } = tokenCommand(wanted, random);
      say(`Token, shown only now:\n${token}\n\nEntry for the list "tokens" in the file:\n${entry}\n`);
    });
}

interface Wanted extends Flags {
  scopes: string;
  groups?: string;
  person?: string;
  expires?: string;
}
