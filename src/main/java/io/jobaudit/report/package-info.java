/** SQL results into workbooks and files. Reads tables, never writes them. */
@NullMarked
package io.jobaudit.report;

import org.jspecify.annotations.NullMarked;
