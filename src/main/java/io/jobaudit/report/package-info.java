/**
 * Writes the files of a run or a period, whole or not at all. Reads tables, never writes
 * them.
 */
@NullMarked
package io.jobaudit.report;

import org.jspecify.annotations.NullMarked;
