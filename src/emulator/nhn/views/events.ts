import type { DbEvent } from '../entities.js';
import { languages, sentences } from '../seed/event-codes.js';
import { shownTime } from './time.js';

export const categoryOf = (code: string): string => code.replace(/(_\d\d)+$/, '');

export const messagesOf = (event: DbEvent): { langCode: string; message: string }[] =>
  languages
    .map((langCode, index) => ({ langCode, message: sentences.get(event.code)?.[index] ?? '' }))
    .filter(({ langCode }) => event.languages.some((language) => language === langCode));

export const eventView = (event: DbEvent) => ({
  eventCategoryType: categoryOf(event.code),
  eventCode: event.code,
  sourceId: event.sourceId,
  sourceName: event.sourceName,
  messages: messagesOf(event),
  eventYmdt: shownTime(event.at),
});
