/** Words that say nothing about what is wanted. */
const fillers = new Set(
  (
    '좀 이거 그거 저거 이 그 저 내 우리 나 뭐 뭔가 뭔지 뭐가 무슨 어떤 어떻게 어디 어디서 왜 지금 현재 혹시 그냥 제발 빨리 ' +
    '있는 있어 있나 있나요 있는지 있을까 있으면 싶어 싶은데 싶다 싶어요 수 것 거 게 때 중 등 및 또는 그리고 근데 그런데 ' +
    '해줘 해주세요 해라 하자 하고 하는 하려면 하면 할 한 된 되는 되나 줘 주세요 알려줘 부탁해 부탁 대해 대한 관련 위해 위한 ' +
    '해야 해도 하나 하나요 되나요 돼 됐어 됐나 인지 인가 건지 거야 건가'
  ).split(' '),
);

/** Particles and endings of a word, which leave its meaning as it is. */
const endings = [
  /(?:해|하|했|할|한|함|돼|되|됐|될|된|시켜|시키)(?:[가-힣]{0,4})$/,
  /(?:에서는|에서도|으로는|까지만|이라는|이라고|이랑은|에서|에게|한테|으로|까지|부터|이랑|처럼|보다|마다|라는|라고|들이|들을|들은|들의)$/,
  /(?:을|를|이|가|은|는|에|의|와|과|도|만|로|랑|들|야|요)$/,
] as const;

/** What is left of a word when its particles and endings are taken off. Two syllables stay at least. */
const bareWord = (word: string): string =>
  endings.reduce((rest, ending) => {
    const shorter = rest.replace(ending, '');
    return shorter.length >= 2 ? shorter : rest;
  }, word);

/** Those words that say something, without particles and endings. */
export const bareWords = (words: readonly string[]): string[] =>
  words
    .filter((word) => !fillers.has(word))
    .map(bareWord)
    .filter((word) => !fillers.has(word));

/** The pairs of neighbouring syllables of a word. One of one syllable stands for itself. */
export const syllablePairs = (word: string): string[] =>
  word.length === 1 ? [word] : Array.from({ length: word.length - 1 }, (_, at) => word.slice(at, at + 2));
