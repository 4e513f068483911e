// Databases that this Twinlock cannot serve from.
import assert from 'node:assert/strict'
import { mkdtempDisposable, open as openFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { sql } from 'kysely'
import { onEveryEngine, openStore } from '../src/store/every-engine.ts'
import { open, readConfig } from '../src/index.ts'

onEveryEngine('A start', (newDatabase, engine) => {
  test('over the database of a newer Twinlock is refused in one sentence', async () => {
    const database = await newDatabase()
    {
      await using store = await openStore(database)
      await sql`insert into kysely_migration (name, timestamp) values ('9999-future', '2030-01-01')`.execute(
        store.db,
      )
    }
    await using data = await mkdtempDisposable(join(tmpdir(), 'twinlock-newer-'))
    const config = readConfig(['--data', data.path, '--listen', '127.0.0.1:0'], {})
    await assert.rejects(open({ ...config, database }), {
      name: 'ConfigError',
      message: new RegExp(
        `^The database ${engine === 'sqlite' ? '\\S+ ' : ''}cannot be opened: a newer Twinlock made it \\(migration 9999-future\\), so start that one\\.$`,
      ),
    })
  })

  if (engine !== 'sqlite') return

  test('over a damaged database is refused in one sentence', async () => {
    const database = await newDatabase()
    await using file = await openFile(database, 'r+')
    const { size } = await file.stat()
    await file.write(Buffer.alloc(size - 100, 0xff), 0, size - 100, 100)
    await using data = await mkdtempDisposable(join(tmpdir(), 'twinlock-damaged-'))
    const config = readConfig(['--data', data.path, '--listen', '127.0.0.1:0'], {})
    await assert.rejects(open({ ...config, database }), {
      name: 'ConfigError',
      message: /^The database \S+ cannot be opened: database disk image is malformed\.$/,
    })
  })
})
