/**
 * Rows into PostgreSQL, so that writing twice equals writing once. Embedded PostgreSQL
 * when none is configured.
 */
@NullMarked
package io.jobaudit.store;

import org.jspecify.annotations.NullMarked;
