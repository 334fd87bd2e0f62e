import { z } from 'zod'
import { assurances } from '../../../contract/province/feed.ts'
import { paperKinds } from '../../../contract/words.ts'
import { type ConfigProblem, problemsOf } from './config-problem.ts'
import { localizedTextSchema } from './localized-text.ts'
import { readJson } from './read-json.ts'

const text = z.string()

/** `PHILEPHI[]`: fee names, amounts and units stay strings, as the national catalogue has them. */
const feeSchema = z.object({ MAPHILEPHI: text, SOTIEN: text, DONVI: text, MOTA: text.optional() })

const durationSchema = z.object({
  THOIGIANGIAIQUYET: text,
  DONVITINH: text,
  MOTA: text.optional(),
  PHILEPHI: z.array(feeSchema).default([]),
})

/** What the machine must know beyond the national record. */
const kioskPartSchema = z
  .strictObject({
    /** As a citizen would say it. */
    plainName: localizedTextSchema,
    /** More words people search by, Vietnamese. */
    keywords: z.array(text.min(1)).default([]),
    takeIn: z.enum(['paper', 'scanOnly', 'no']),
    /** Why not, or why not in paper, and where to go instead. */
    takeInReason: localizedTextSchema.optional(),
    handOut: z.boolean(),
    /** Why a result is not handed out here, and where it is. */
    handOutReason: localizedTextSchema.optional(),
    presenceNeeded: z.boolean(),
    signedBookNeeded: z.boolean(),
    assurance: z.enum(assurances),
    bagSize: z.enum(['small', 'large']),
    papers: z.array(
      z.strictObject({
        id: z.string().regex(/^[a-z][a-zA-Z0-9]*$/, { error: 'must be a camelCase word' }),
        name: localizedTextSchema,
        handling: z.enum(['handIn', 'show']),
        allowedKinds: z.array(z.enum(paperKinds)).min(1),
        defaultCount: z.int().min(1).max(20),
        /** Not asked of everyone: the row says "if any". */
        optional: z.boolean().default(false),
      }),
    ),
  })
  .superRefine((kiosk, context) => {
    const need = (condition: boolean, path: PropertyKey[], message: string) => {
      if (!condition) context.addIssue({ code: 'custom', path, message })
    }
    need(
      kiosk.takeIn === 'paper' || kiosk.takeInReason !== undefined,
      ['takeInReason'],
      'missing: people must be told why',
    )
    need(
      kiosk.handOut || kiosk.handOutReason !== undefined,
      ['handOutReason'],
      'missing: people must be told why',
    )
    need(
      kiosk.takeIn !== 'paper' || kiosk.papers.some((paper) => paper.handling === 'handIn'),
      ['papers'],
      'has nothing to hand in',
    )
    need(
      !kiosk.handOut || !(kiosk.presenceNeeded || kiosk.signedBookNeeded),
      ['handOut'],
      'a result that needs presence or a signed book is not handed out by a machine',
    )
    const ids = kiosk.papers.map((paper) => paper.id)
    need(new Set(ids).size === ids.length, ['papers'], 'names a paper twice')
  })

/** One procedure: the result of the national service `LayThuTuc` and the machine's own part. */
export const procedureSchema = z.object({
  MATTHC: z.string().regex(/^\d\.\d{6}(\.[0-9A-Z.]+)?$/, { error: 'must look like 1.001193' }),
  TENTTHC: text.min(1),
  COQUANTHUCHIEN: text,
  TRANGTHAI: text.optional(),
  YEUCAU: text.optional(),
  MOTADOITUONGTHUCHIEN: text.optional(),
  LINHVUCTHUCHIEN: z.array(z.object({ MALINHVUC: text, TENLINHVUC: text })).min(1),
  TRINHTUTHUCHIEN: z
    .array(z.object({ TRUONGHOP: text, TRINHTU: z.array(z.object({ TENTRINHTU: text })) }))
    .default([]),
  /** `KENH`: 1 in person, 2 online, 3 by post. */
  CACHTHUCTHUCHIEN: z.array(
    z.object({ KENH: z.enum(['1', '2', '3']), THOIGIAN: z.array(durationSchema) }),
  ),
  THANHPHANHOSO: z.array(
    z.object({
      TRUONGHOP: text,
      GIAYTO: z.array(
        z.object({
          MAGIAYTO: text,
          TENGIAYTO: text,
          TENMAUDON: text.optional(),
          URL: text.optional(),
        }),
      ),
    }),
  ),
  KETQUATHUCHIEN: z.array(z.object({ MAKETQUA: text, TENKETQUA: text })),
  CANCUPHAPLY: z.array(z.object({ SOVANBAN: text, TENVANBAN: text })).default([]),
  kiosk: kioskPartSchema,
})
export type Procedure = z.output<typeof procedureSchema>
export type ProcedurePaper = Procedure['kiosk']['papers'][number]

export const catalogueSchema = z
  .strictObject({ version: z.literal(1), procedures: z.array(procedureSchema).min(1) })
  .superRefine((catalogue, context) => {
    const seen = new Set<string>()
    for (const [index, procedure] of catalogue.procedures.entries()) {
      if (seen.has(procedure.MATTHC)) {
        const path = ['procedures', index, 'MATTHC']
        context.addIssue({ code: 'custom', path, message: `${procedure.MATTHC} is used twice` })
      }
      seen.add(procedure.MATTHC)
    }
  })
export type Catalogue = z.output<typeof catalogueSchema>

export type LoadedCatalogue =
  | { readonly ok: true; readonly catalogue: Catalogue }
  | { readonly ok: false; readonly problems: readonly ConfigProblem[] }

export function loadCatalogue(file: string): LoadedCatalogue {
  const json = readJson(file)
  if (!json.ok) return { ok: false, problems: [json.problem] }
  const parsed = catalogueSchema.safeParse(json.value)
  if (!parsed.success) return { ok: false, problems: problemsOf(file, parsed.error) }
  return { ok: true, catalogue: parsed.data }
}
