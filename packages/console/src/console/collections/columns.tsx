// Columns that many lists have.
import { Ago } from '../instant.tsx'
import type { Column } from './column.ts'

type Named<Id extends string, Value> = { readonly [Member in Id]?: Value | undefined }
type More = Pick<Column<never>, 'isHidden' | 'minWidth'>

/** A member that is a text. */
export const textColumn = <Id extends string>(
  id: Id,
  header: string,
  more: More = {},
): Column<Named<Id, string>> => ({
  id,
  header,
  cell: item => item[id],
  sortBy: item => item[id],
  ...more,
})

/** A member that is a point in time: how long ago it was. */
export const dateColumn = <Id extends string>(
  id: Id,
  header: string,
  more: More = {},
): Column<Named<Id, Date>> => ({
  id,
  header,
  cell: item => <Ago at={item[id]} />,
  sortBy: item => item[id],
  ...more,
})
