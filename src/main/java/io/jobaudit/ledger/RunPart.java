package io.jobaudit.ledger;

/**
 * A part of a shared run, which one process at a time fetches.
 *
 * @param number counted from 1
 */
public record RunPart(int number, ItemRange lines) {
}
