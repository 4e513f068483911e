// Takes no answer for IAM's or STS's that is not: of the login page of a proxy the SDK makes an answer without members, and an account
// of which nothing was told would pass for one without faults.
// https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html
import { Refusal } from '../../command-errors.ts'

type Result = { readonly response: unknown }

type Request = { readonly hostname: string; readonly port?: number }

type Response = {
  readonly statusCode: number
  readonly headers: Readonly<Record<string, string>>
  body: AsyncIterable<Uint8Array> | Uint8Array
}

/** The middleware of an SDK client that stands between the wire and the parser. */
export function onlyAnswersOfIam<Args extends { readonly request: unknown }, Given extends Result>(
  next: (args: Args) => Promise<Given>,
  { commandName = '' }: { readonly commandName?: string },
) {
  return async (args: Args): Promise<Given> => {
    const given = await next(args)
    const response = given.response as Response
    response.body = await bytesOf(response.body)
    const root = rootOf(response.body)
    const answer = `${commandName.replace(/Command$/, '')}Response`
    if (root === (response.statusCode < 300 ? answer : 'ErrorResponse')) return given
    throw notOfIam(args.request as Request, response)
  }
}

async function bytesOf(body: Response['body']): Promise<Uint8Array> {
  if (body instanceof Uint8Array) return body
  const chunks: Uint8Array[] = []
  for await (const chunk of body) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** An XML declaration may be as long as it likes, and none is. */
const BEGINNING = 1024

/** The name of the document's element; undefined where there is none. */
function rootOf(body: Uint8Array): string | undefined {
  const beginning = Buffer.from(body.subarray(0, BEGINNING)).toString('utf8')
  return /^\uFEFF?\s*(?:<\?xml[^>]*\?>\s*)?<(\w+)[\s/>]/.exec(beginning)?.[1]
}

/** The status goes along, because the SDK asks again when it tells of a passing trouble. */
function notOfIam({ hostname, port }: Request, { statusCode, headers }: Response) {
  const where = port === undefined ? hostname : `${hostname}:${port}`
  const type = /^[\w.+/-]+/.exec(headers['content-type'] ?? '')?.[0] ?? 'without a type'
  const refusal = new Refusal(
    `${where} answered ${statusCode}, but not as IAM does (${type}): is the endpoint right, or is there a proxy with a login page?`,
  )
  return Object.assign(refusal, { $metadata: { httpStatusCode: statusCode } })
}
