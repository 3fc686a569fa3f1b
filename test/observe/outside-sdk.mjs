// Loaded before the product with `--import`, as the SDK of OpenTelemetry is: writes down what it is shown.

import { subscribe } from 'node:diagnostics_channel';
import { appendFileSync } from 'node:fs';
import { trace } from '@opentelemetry/api';
import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base';

const saw = (fact) => appendFileSync(process.env.SEEN_FILE, `${JSON.stringify(fact)}\n`);

// What the instrumentation of undici listens to.
subscribe('undici:request:create', ({ request: { method, path } }) => saw({ request: `${method} ${path}` }));

const writer = {
  onStart: () => undefined,
  onEnd: ({ name }) => saw({ span: name }),
  forceFlush: async () => undefined,
  shutdown: async () => undefined,
};
trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [writer] }));
