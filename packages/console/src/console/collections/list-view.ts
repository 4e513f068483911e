// How a list is looked at: what is searched, which page, in which order. As text, it stands in the page's address.
import type { Sort } from './column.ts'

export type ListView = {
  readonly text: string
  /** The value of the filter's option; undefined: its first. */
  readonly show: string | undefined
  /** From 1 on. */
  readonly page: number
  /** Undefined: by the first column. */
  readonly sort: Sort | undefined
}

export const FROM_THE_START: ListView = { text: '', show: undefined, page: 1, sort: undefined }

/** What an address says of a list whose parameters begin with that prefix. */
export function viewIn(address: URLSearchParams, prefix: string): ListView {
  const page = Number(address.get(`${prefix}page`))
  return {
    text: address.get(`${prefix}q`) ?? '',
    show: address.get(`${prefix}show`) ?? undefined,
    page: Number.isSafeInteger(page) && page > 0 ? page : 1,
    sort: sortIn(address.get(`${prefix}sort`)),
  }
}

/** The address with that view in it; what is as usual is not told. */
export function withView(
  address: URLSearchParams,
  prefix: string,
  { text, show, page, sort }: ListView,
): URLSearchParams {
  const changed = new URLSearchParams(address)
  const told = {
    q: text || undefined,
    show,
    page: page > 1 ? String(page) : undefined,
    sort: sort && `${sort.isDescending ? '-' : ''}${sort.by}`,
  }
  for (const [name, value] of Object.entries(told)) {
    if (value === undefined) changed.delete(prefix + name)
    else changed.set(prefix + name, value)
  }
  return changed
}

/** `-CreateDate` is descending. */
function sortIn(text: string | null): Sort | undefined {
  if (text === null || text === '') return undefined
  return { by: text.replace(/^-/, ''), isDescending: text.startsWith('-') }
}

/** Every word of the search is somewhere in the text. */
export function matches(text: string, search: string): boolean {
  const lowerCase = text.toLowerCase()
  return search
    .toLowerCase()
    .split(/\s+/)
    .every(word => lowerCase.includes(word))
}
