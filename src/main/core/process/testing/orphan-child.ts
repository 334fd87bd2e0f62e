import { watchParent } from '../parent-watch.ts'

watchParent(process, () => process.exit(0))
process.send?.('ready')
setInterval(() => undefined, 1_000)
