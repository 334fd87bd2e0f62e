import { z } from 'zod'
import {
  addressSchema,
  oneSecret,
  oneSecretProblem,
  secretShape,
} from '../adapters/adapter-config.ts'

/** VNPT's brandname call (`send_sms_list`); the values are those of the contract with the carrier. */
export const smsGatewaySchema = z
  .strictObject({
    kind: z.literal('vnptBrandname'),
    url: addressSchema,
    deadlineSeconds: z.int().min(1).max(120).default(20),
    /** LABELID: the name that phones show. */
    labelId: z.string().min(1),
    contractTypeId: z.string().min(1).default('1'),
    contractId: z.string().min(1),
    agentId: z.string().min(1),
    /** APIUSER; APIPASS is the secret. */
    apiUser: z.string().min(1),
    username: z.string().min(1),
    /**
     * Registered templates by the message's name (`phoneCode`, `collection`, `papers`, `reminder`, `returned`,
     * `notification`), with its language where there is one a language (`collection.km`). Their parameters are
     * the values of our texts, in order.
     */
    templates: z.record(z.string(), z.string().min(1)).default({}),
    /** For every other message: a template whose one parameter is the whole text. */
    wholeTextTemplate: z.string().min(1).optional(),
    /** The contract takes UCS-2 as well; without, marks are taken off and Khmer cannot be sent. */
    unicode: z.boolean().default(true),
    ...secretShape,
  })
  .refine(oneSecret, oneSecretProblem)
export type SmsGatewayConfig = z.infer<typeof smsGatewaySchema>
