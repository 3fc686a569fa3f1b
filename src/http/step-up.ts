/**
 * Holds an answer back until its first part is there. A call whose arguments turn out to need scopes that its caller
 * lacks can then be refused in the way that makes a client ask for them; once something was streamed, it cannot.
 */
export async function unlessLacking(
  answerWith: (lacking: (scopes: readonly string[]) => void) => Promise<Response>,
  refused: (scopes: readonly string[]) => Response,
): Promise<Response> {
  const lacked: string[] = [];
  const answer = await answerWith((scopes) => lacked.push(...scopes));
  const reader = answer.body?.getReader();
  if (!reader) return lacked.length > 0 ? refused(lacked) : answer;
  const first = await reader.read();
  if (lacked.length > 0) {
    await reader.cancel();
    return refused(lacked);
  }
  const rest = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        if (first.done) controller.close();
        else controller.enqueue(first.value);
      },
      async pull(controller) {
        const { done, value } = await reader.read();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
  return new Response(rest, { status: answer.status, headers: answer.headers });
}
