import { z } from 'zod'
import { workingTimeSchema } from './working-time-config.ts'

/** Plain HTTP would carry citizens' papers in the open: only to a gateway on this very machine. */
export const addressSchema = z.url({ protocol: /^https?$/ }).refine(
  (url) => {
    const { protocol, hostname } = new URL(url)
    return protocol === 'https:' || /^(localhost|\[::1\]|127\.\d+\.\d+\.\d+)$/.test(hostname)
  },
  { error: 'must be https, or http to this machine' },
)

export const secretShape = {
  /** In the clear: demo only. */
  password: z.string().min(1).optional(),
  /** A file that only the service may read, as systemd's LoadCredential makes it. */
  passwordFile: z.string().min(1).optional(),
}
export const oneSecret = (value: {
  readonly password?: string | undefined
  readonly passwordFile?: string | undefined
}): boolean => (value.password === undefined) !== (value.passwordFile === undefined)
export const oneSecretProblem = {
  path: ['passwordFile'],
  error: 'needs either passwordFile or password, not both',
}

const statusMapSchema = z
  .record(z.string().regex(/^([1-9]|10)$/), z.string().min(1).max(10))
  .default({})

/** Every system's. */
const commonShape = {
  /** Names the queue in the store: never to be changed or given to another system. */
  id: z.string().regex(/^[a-z0-9-]{2,40}$/),
  /** For the officers' page. */
  name: z.string().min(1).max(200),
  url: addressSchema,
  /** Dossiers accepted before this are not brought there. */
  acceptedFrom: z.iso.datetime(),
  deadlineSeconds: z.int().min(1).max(120).default(30),
  workingTime: workingTimeSchema.prefault({}),
  /** National status code → the system's own, where they differ. */
  statusMap: statusMapSchema,
  /** LoaiDoiTuong, where the system counts in another way than its kind usually does. */
  objectTypes: z
    .strictObject({ citizen: z.string().min(1), organisation: z.string().min(1) })
    .optional(),
  /** Time for each procedure, where the system does not tell it; unit days or hours of work. */
  procedureTimes: z
    .record(
      z.string(),
      z.strictObject({ amount: z.number().positive().max(400), unit: z.enum(['days', 'hours']) }),
    )
    .default({}),
  /** KenhThucHien: agree with the province which number a machine has. */
  channel: z.enum(['1', '2', '3']).default('1'),
}

const dvcqgSchema = z
  .strictObject({
    kind: z.literal('dvcqg'),
    ...commonShape,
    ...secretShape,
    authPath: z.string().startsWith('/'),
    servicePath: z.string().startsWith('/'),
    username: z.string().min(1),
    /** madonvi */
    unitId: z.string().min(1).max(35),
    /** dstcode */
    destination: z.string().min(1).optional(),
    /** Fields that older adapters do not know: NgayNopHoSo, DinhDanhCHS and their like. */
    newerFields: z.boolean().default(true),
  })
  .refine(oneSecret, oneSecretProblem)
export type DvcqgConfig = z.infer<typeof dvcqgSchema>

const path = (usual: string) => z.string().startsWith('/').default(usual)

const igateSchema = z
  .strictObject({
    kind: z.literal('igate'),
    ...commonShape,
    ...secretShape,
    clientId: z.string().min(1),
    /** Where the LGSP puts the six calls. */
    paths: z
      .strictObject({
        token: path('/GetToken'),
        nextValue: path('/GetNextValue'),
        upload: path('/UploadFile'),
        dossier: path('/NoiHoSo'),
        progress: path('/CapNhatTienTrinh'),
        status: path('/CapNhatTrangThai'),
        /** Search by code, with `?code=`; none of the six. Without it a person looks when an answer fails to come. */
        lookUp: z.string().startsWith('/').optional(),
      })
      .prefault({}),
    /** `code` of GetNextValue; usually the unit's. Without: the code of the kiosk's unit. */
    patternCode: z.string().min(1).max(64).optional(),
    /** MaDichVuCong by procedure code, where it differs from it. */
    serviceCodes: z.record(z.string(), z.string().min(1).max(64)).default({}),
  })
  .refine(oneSecret, oneSecretProblem)
export type IgateConfig = z.infer<typeof igateSchema>

export const adapterSchema = z.discriminatedUnion('kind', [dvcqgSchema, igateSchema])
export type AdapterConfig = z.infer<typeof adapterSchema>
