package io.jobaudit.billing;

import java.nio.file.Path;

/**
 * A report of a closed month to be archived.
 *
 * @param name name of the file
 * @param path where it is
 * @param sha256 SHA-256 in hex of the bytes that were written
 * @param rows detail rows in it
 */
public record ArchivedReport(String name, Path path, String sha256, long rows) {
}
