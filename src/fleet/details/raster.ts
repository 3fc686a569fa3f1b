import { Resvg } from '@resvg/resvg-js';
import { fontFamily } from './picture.js';

/** An SVG as PNG, with the font in a file. No font of the machine is used, so it looks the same everywhere. */
export const rasterOf = (svg: string, fontFile: string): Uint8Array =>
  new Resvg(svg, {
    background: 'white',
    font: { fontFiles: [fontFile], loadSystemFonts: false, defaultFontFamily: fontFamily },
  })
    .render()
    .asPng();
