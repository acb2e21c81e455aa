/** The run's book: what was asked, what became of each id, does it add up. */
@NullMarked
package io.jobaudit.ledger;

import org.jspecify.annotations.NullMarked;
