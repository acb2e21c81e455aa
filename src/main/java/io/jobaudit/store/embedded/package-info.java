/** The PostgreSQL server that this program starts when no database is configured. */
@NullMarked
package io.jobaudit.store.embedded;

import org.jspecify.annotations.NullMarked;
