/**
 * What is done between runs: close a month, renormalize stored answers, purge old rows
 * and reports, erase texts.
 */
@NullMarked
package io.jobaudit.upkeep;

import org.jspecify.annotations.NullMarked;
