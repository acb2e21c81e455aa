/**
 * Spreads a run's parts over machines, and nights over accounts: the only package that
 * uses the engine, db-scheduler.
 */
@NullMarked
package io.jobaudit.cluster;

import org.jspecify.annotations.NullMarked;
