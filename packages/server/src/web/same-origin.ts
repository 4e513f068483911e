// Only our own pages may ask for something to be done. A page elsewhere can send a form, or a request without a preflight: it has
// neither our origin nor a JSON content type. Another port of localhost is another origin, though it gets the same cookies.
import type { IncomingHttpHeaders } from 'node:http'
import type { PublicOrigin } from './public-origin.ts'
import { WebError } from './web-error.ts'

/** @throws WebError for a request of another origin's, or of none that is told, and for one that a form could have sent */
export function demandOwnPage(headers: IncomingHttpHeaders, { origin }: PublicOrigin): void {
  const site = headers['sec-fetch-site']
  if (headers.origin !== origin || (site !== undefined && site !== 'same-origin')) {
    throw new WebError(
      'CrossOriginRequest',
      `This server answers the pages of ${origin} alone. Open it there, or start it with --public-url.`,
    )
  }
  const [type = ''] = (headers['content-type'] ?? '').split(';')
  if (type.trim().toLowerCase() !== 'application/json') {
    throw new WebError('UnsupportedMediaType', 'The body must be application/json.')
  }
}
