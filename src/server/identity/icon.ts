/** A database of three discs. It is small, since it comes with every answer. */
export const icon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="3" fill="#336791"/>' +
  '<g fill="none" stroke="#fff" stroke-width="1.3"><ellipse cx="8" cy="4.2" rx="4.6" ry="1.7"/>' +
  '<path d="M3.4 4.2v7.6c0 2.3 9.2 2.3 9.2 0V4.2M3.4 8c0 2.3 9.2 2.3 9.2 0"/></g></svg>';

/** The icon as an address that needs no request. */
export const iconAddress = `data:image/svg+xml;base64,${Buffer.from(icon).toString('base64')}`;
