/**
 * Writes the files of a run or a period, all of them or none. Reads tables, never writes
 * them.
 */
@NullMarked
package io.jobaudit.report;

import org.jspecify.annotations.NullMarked;
