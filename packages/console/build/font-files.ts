// Takes fonts out of the style sheets: Cloudscape's global styles carry eight of them as base64, 180 KB that nothing compresses and that
// every page waits for. As files a browser loads those that it needs, and keeps them.
import { createHash } from 'node:crypto'
import type { Plugin } from 'vite'

const FONT = /url\(data:font\/(woff2?)[^,)]*;base64,([^)]+)\)/g

export const fontFiles = (): Plugin => ({
  name: 'font-files',
  generateBundle(_, bundle) {
    for (const asset of Object.values(bundle)) {
      if (asset.type !== 'asset' || !asset.fileName.endsWith('.css')) continue
      asset.source = asset.source.toString().replace(FONT, (_, type: string, base64: string) => {
        const source = Buffer.from(base64, 'base64')
        const digest = createHash('sha256').update(source).digest('hex').slice(0, 8)
        const fileName = `font-${digest}.${type}`
        this.emitFile({ type: 'asset', fileName: `assets/${fileName}`, source })
        return `url(./${fileName})`
      })
    }
  },
})
