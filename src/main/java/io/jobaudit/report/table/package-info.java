/** Rows, sums, money and formats: what workbooks, pages and CSV files share. */
@NullMarked
package io.jobaudit.report.table;

import org.jspecify.annotations.NullMarked;
