/**
 * Returns the same answer. `done` is called once it has been read to its end, or is no longer read. It ends early when
 * `over` is aborted.
 */
export function whenDone(response: Response, done: () => void, over?: AbortSignal): Response {
  const reader = response.body?.getReader();
  if (!reader) {
    done();
    return response;
  }
  let isDone = false;
  const end = () => {
    if (!isDone) done();
    isDone = true;
  };
  // One stream passes on what is requested. A pipe would create two, which is too much work for each answer of a
  // session.
  const readable = new ReadableStream<Uint8Array>(
    {
      start() {
        over?.addEventListener('abort', () => void reader.cancel().catch(() => undefined), { once: true });
      },
      async pull(controller) {
        const { done: isOver, value } = await reader.read().catch((error: unknown) => {
          end();
          throw error;
        });
        if (!isOver) return controller.enqueue(value);
        end();
        controller.close();
      },
      cancel(reason) {
        end();
        return reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
  return new Response(readable, { status: response.status, headers: response.headers });
}

/** Calls `release` once an answer is complete: read to its end when it is a stream, and at once when it fails. */
export async function releasing(
  answer: Promise<Response>,
  release?: () => void,
  over?: AbortSignal,
): Promise<Response> {
  if (!release) return answer;
  try {
    const given = await answer;
    if (isStream(given)) return whenDone(given, release, over);
    release();
    return given;
  } catch (error) {
    release();
    throw error;
  }
}

export const isStream = ({ headers }: Response): boolean =>
  headers.get('content-type')?.startsWith('text/event-stream') ?? false;

/**
 * Returns the same answer, but a stream that a client holds open begins at once, before there is anything to send, and
 * ends as soon as the client is gone. The adapter alone would send the headers, and notice the end, only with the next
 * event. Streams of calls are not changed: in the older era, a call continues without its stream.
 */
export function untilGone(response: Response, request: Request): Response {
  const isHeldOpen = request.method === 'GET' && isStream(response);
  if (!isHeldOpen || !response.body) return response;
  const begun = new TransformStream<Uint8Array, Uint8Array>({
    start: (controller) => controller.enqueue(new TextEncoder().encode(': here\n\n')),
  });
  const body = response.body.pipeThrough(begun, { signal: request.signal });
  return new Response(body, { status: response.status, headers: response.headers });
}

export const refuse = (status: number, code: number, message: string, headers?: Record<string, string>): Response =>
  Response.json({ jsonrpc: '2.0', error: { code, message }, id: null }, { status, headers });
