/** A run's ledger: what was asked, the outcome of each id, and whether it adds up. */
@NullMarked
package io.jobaudit.ledger;

import org.jspecify.annotations.NullMarked;
