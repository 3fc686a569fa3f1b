/** The same answer; `done` is called once it has been read to its end, or nobody reads it any more. */
export function whenDone(response: Response, done: () => void): Response {
  if (!response.body) {
    done();
    return response;
  }
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  void response.body
    .pipeTo(writable)
    .catch(() => undefined)
    .finally(done);
  return new Response(readable, { status: response.status, headers: response.headers });
}

export const refuse = (status: number, code: number, message: string, headers?: Record<string, string>): Response =>
  Response.json({ jsonrpc: '2.0', error: { code, message }, id: null }, { status, headers });
