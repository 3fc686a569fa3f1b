import { Resvg } from '@resvg/resvg-js';
import { icon } from '../../server/identity/icon.js';

/** Where the plugin has its icon, which the bundle takes too. */
export const iconPath = '.claude-plugin/icon.png';

/** The icon as PNG, in the size that lists of plugins want, since hosts show no SVG of a package. */
export const rasterIcon = (): Uint8Array =>
  new Resvg(icon, { fitTo: { mode: 'width', value: 512 }, font: { loadSystemFonts: false } }).render().asPng();
