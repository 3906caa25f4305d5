/** What was bought, in a merchant's words. */
export type MerchantCategory =
  | 'grocery'
  | 'dining'
  | 'fuel'
  | 'fashion'
  | 'tech'
  | 'travel'
  | 'games'
  | 'health'
  | 'cash';

/** How the card was read: chip and tap at a terminal, swipe of the magnetic stripe, online, or dictated by phone. */
export type EntryMode = 'chip' | 'tap' | 'swipe' | 'online' | 'phone';

/** What the payer used; `pos` is the merchant's own terminal. */
export type Device = 'pos' | 'ios' | 'android' | 'web';

export type Country = 'DE' | 'FR' | 'NL' | 'ES' | 'IT' | 'GB' | 'US' | 'BR' | 'TH' | 'SG';

/** One row of the sample before it is written. */
export interface Transaction {
  /** seconds since 1970-01-01 00:00:00 */
  readonly time: number;
  /** days since 1970-01-01 */
  readonly cardOpened: number;
  readonly amount: number;
  /** amount / the card's usual amount */
  readonly spendRatio: number;
  readonly merchantCategory: MerchantCategory;
  readonly country: Country;
  readonly entryMode: EntryMode;
  readonly device: Device | undefined;
  /** from the cardholder's home */
  readonly distanceKm: number | undefined;
  readonly transactions24h: number;
  readonly declined24h: number;
  readonly newMerchant: boolean;
  readonly addressMatches: boolean | undefined;
  readonly outcome: 'genuine' | 'fraud';
}

export const HEADER =
  'transaction_id,transaction_time,card_opened,amount,spend_ratio,merchant_category,country,entry_mode,device,' +
  'distance_km,transactions_24h,declined_24h,new_merchant,address_matches,outcome';

/** One line of CSV, without its end. A missing value is an empty field. */
export function toCsvLine(id: string, transaction: Transaction): string {
  return [
    id,
    new Date(transaction.time * 1000).toISOString().slice(0, 19).replace('T', ' '),
    new Date(transaction.cardOpened * 86_400_000).toISOString().slice(0, 10),
    transaction.amount.toFixed(2),
    transaction.spendRatio.toFixed(2),
    transaction.merchantCategory,
    transaction.country,
    transaction.entryMode,
    transaction.device ?? '',
    transaction.distanceKm?.toFixed(1) ?? '',
    transaction.transactions24h,
    transaction.declined24h,
    transaction.newMerchant,
    transaction.addressMatches ?? '',
    transaction.outcome,
  ].join(',');
}
