import * as z from 'zod';

// The content policy allows no code that is made from text. The validator would try that with the first form that it
// is given, so this is said before any module has one.
z.config({ jitless: true });
