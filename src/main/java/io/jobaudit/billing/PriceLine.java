package io.jobaudit.billing;

/**
 * A line of the price file.
 *
 * @param number its number, from 1
 * @param price its price
 */
record PriceLine(long number, Price price) {
}
