import * as z from 'zod';
import { servingSettings, yesOrNo } from '../../config/serving/serving-settings.js';
import { pathSettings, secretSettings, settings } from '../../config/settings.js';
import { providerNames, settingsOf } from '../../providers/settings.js';
import { type FieldText, fieldTexts, otherTexts } from './variable-texts.js';

/** An environment variable of a server over stdio, as hosts and registries are told of it. */
export interface Variable {
  name: string;
  /** In English. Undefined when nobody has described it yet, which a test finds. */
  description?: string;
  isSecret: boolean;
  format: 'string' | 'number' | 'boolean' | 'filepath';
  choices?: readonly string[];
  fallback?: string;
}

/** A variable that the form of a host asks for. */
export type FormField = Variable & { text: FieldText };

const describe = (name: string) => fieldTexts[name]?.description.en ?? otherTexts[name];

/** All of them, from the tables that the configuration is read by. Those of serving over HTTP are left out. */
export const variables: readonly Variable[] = [
  ...Object.entries(settings)
    .filter(([key]) => !(key in servingSettings))
    .map(([key, { env, form }]) => ({
      name: env,
      description: describe(env),
      isSecret: secretSettings.has(key),
      format: pathSettings.has(key) ? ('filepath' as const) : formatOf(form),
      ...(form instanceof z.ZodEnum && { choices: form.options.map(String) }),
    })),
  ...providerNames.flatMap((provider) =>
    Object.values(settingsOf(provider)).map(({ env: [name], fallback }) => ({
      name,
      description: describe(name),
      isSecret: fallback === undefined,
      format: 'string' as const,
      ...(fallback && { fallback }),
    })),
  ),
];

/** Switches take `true` and `false`, which is what forms make of them. */
function formatOf(form: z.ZodType): 'string' | 'number' | 'boolean' {
  if (form instanceof z.ZodNumber) return 'number';
  return form === yesOrNo ? 'boolean' : 'string';
}

/** Those that a form asks for, in its order. */
export const formFields: readonly FormField[] = Object.entries(fieldTexts).flatMap(([name, text]) => {
  const variable = variables.find((each) => each.name === name);
  return variable ? [{ ...variable, text }] : [];
});

/** What a form holds at first. A value that nobody fills in has to reach the server as one that it takes. */
const initialOf = ({ text, fallback = '' }: FormField): string | boolean => text.initial ?? fallback;

/** A field in the words that forms of hosts share. */
const optionOf = (field: FormField) => ({
  type: field.format === 'boolean' ? ('boolean' as const) : ('string' as const),
  title: field.text.title.en,
  description: field.text.description.en,
  required: false,
  ...(field.isSecret && { sensitive: true }),
  default: initialOf(field),
});

/** The form by the names of its fields. */
export const formOptions = Object.fromEntries(formFields.map((field) => [field.name, optionOf(field)]));

/** The variables of a server, filled in by the host from its form. */
export const fromForm: Readonly<Record<string, string>> = Object.fromEntries(
  formFields.map(({ name }) => [name, `\${user_config.${name}}`]),
);
