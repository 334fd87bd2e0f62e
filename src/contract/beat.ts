import { z } from 'zod'

/** A page's sign of life. Apart from `shell.ts`, so that the preload stays free of everything but its few lines. */
export const beatSchema = z.strictObject({ idle: z.boolean() })
