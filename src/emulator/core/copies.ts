/** Each story as often as the world wants it. The first is as it is written, and the others are told anew. */
export const copied = <Story>(
  stories: readonly Story[],
  copies: number,
  anew: (story: Story, copy: number) => Story,
): Story[] =>
  Array.from({ length: copies }, (_, copy) => stories.map((story) => (copy === 0 ? story : anew(story, copy)))).flat();
