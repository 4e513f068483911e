// What others tell us has gone wrong (an AWS service, its SDK, a format, the operating system), as one sentence for the user.
import { certificateReason } from './certificate-errors.ts'
import { printable } from './terminal/printable.ts'

/** The sentence for a failure that is the user's to mend; undefined for anything else, which is a bug. */
export function sentenceOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  if (isAnswer(error))
    return `${errorCode(error)}: ${printable(error.message.trim()) || 'the service gave no reason.'}`
  if (error.name === 'CredentialsProviderError')
    return `${withFullStop(error.message)} ${HOW_TO_GIVE}`
  if (PLAIN_ERRORS.has(error.name)) return error.message
  const code = systemCode(error)
  if (code === undefined) return undefined
  const reason = SYSTEM_ERRORS[code] ?? certificateReason(error, code) ?? proxyReason(error, code)
  return reason === undefined ? undefined : `${subjectOf(error)}${reason} (${code}).`
}

/** Anything else is a fault of ours. Of what an error has beside its message, such as requests and certificates, nothing is shown. */
export function faultOf(error: unknown, isDebugging: boolean): string {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error))
  if (isDebugging)
    return `a fault of ours: ${(stack ?? message).split('\n').map(printable).join('\n')}`
  const [first = ''] = message.split('\n', 1)
  return `a fault of ours: ${name}: ${withFullStop(printable(first))} Set TWINLOCK_DEBUG=1 for the stack.`
}

/** The message would name the proxy by its URL. */
function proxyReason(error: Error, code: string) {
  if (code !== 'ERR_PROXY_TUNNEL') return undefined
  return 'statusCode' in error && typeof error.statusCode === 'number'
    ? `the proxy leads nowhere: it answered ${error.statusCode}`
    : 'the proxy leads nowhere'
}

/** Errors that speak of what the user gave: their messages say what is wrong with it. */
const PLAIN_ERRORS: ReadonlySet<string> = new Set([
  'Refusal',
  'TokenProviderError',
  'ProviderError',
  'FactorsError',
])

/** The SDK says which sources had no credentials, and leaves it at that. */
export const HOW_TO_GIVE =
  'Give credentials by --profile, AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.'

const SYSTEM_ERRORS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing answers there',
  ECONNRESET: 'the connection was cut',
  ENOTFOUND: 'the host name is unknown',
  EAI_AGAIN: 'the host name can not be looked up now',
  ETIMEDOUT: 'no answer came in time',
  EHOSTUNREACH: 'the host can not be reached',
  EPROTO: 'the other side does not speak TLS',
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  ENOENT: 'no such file or directory',
  EEXIST: 'it exists already',
  ENOTDIR: 'not a directory',
  EISDIR: 'it is a directory',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space is left on the device',
  EADDRINUSE: 'the address is already in use',
  EADDRNOTAVAIL: 'this machine does not have that address',
}

/** An error that the service itself answered, as the SDK's `ServiceException` marks it. */
function isAnswer(error: Error) {
  return '$fault' in error && '$metadata' in error
}

function withFullStop(text: string) {
  return text.endsWith('.') ? text : `${text}.`
}

/** The code as it is on the wire: the SDK names its classes with a suffix that AWS's IAM never sends. */
function errorCode({ name }: Error) {
  return name.replace(/Exception$/, '')
}

function systemCode(error: Error): string | undefined {
  if ('code' in error && typeof error.code === 'string' && error.code !== '') return error.code
  return error.cause instanceof Error ? systemCode(error.cause) : undefined
}

function subjectOf(error: Error): string {
  if ('path' in error && typeof error.path === 'string') return `${error.path}: `
  if ('address' in error && typeof error.address === 'string') {
    const port = 'port' in error && typeof error.port === 'number' ? `:${error.port}` : ''
    return `${error.address}${port}: `
  }
  if ('hostname' in error && typeof error.hostname === 'string') return `${error.hostname}: `
  if ('host' in error && typeof error.host === 'string') return `${error.host}: `
  const [first] = error instanceof AggregateError ? error.errors : []
  return first instanceof Error ? subjectOf(first) : ''
}
