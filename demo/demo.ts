import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { askFourClouds } from './four-clouds.js';
import { lookInside } from './inside.js';
import { walkNhn } from './nhn-walk.js';
import { askAfterTheNight } from './night.js';
import { auditLogIn, entry, openSession } from './session.js';
import { createStage, type Row } from './stage.js';

// The main job on the embedded emulator: see, understand, change, and be asked before anything is lost.
const folder = mkdtempSync(join(tmpdir(), 'pgfleet-demo-'));
const auditLog = auditLogIn(folder);
const stage = createStage();
const session = await openSession(stage, folder);
try {
  stage.say(
    `pgfleet ${session.version} on its emulator: ${session.toolCount} tools over stdio. Nothing real is touched.`,
  );
  await walkNhn(stage, session);
  await askFourClouds(stage, session);

  stage.title('What was recorded');
  const lines = readFileSync(auditLog, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Row);
  stage.table(
    lines.map(({ time, event, tool, risk, approval, outcome }) => ({ time, event, tool, risk, approval, outcome })),
  );
  execFileSync(process.execPath, [entry, 'audit', 'verify', auditLog], { stdio: 'inherit' });

  await askAfterTheNight(stage, folder);
  await lookInside(stage, folder);
} finally {
  await session.close();
  stage.close();
  rmSync(folder, { recursive: true });
}
