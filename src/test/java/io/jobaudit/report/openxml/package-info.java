/**
 * Checks workbooks against the rules of Office Open XML (ECMA-376) that Excel enforces
 * when it opens a file.
 * <p>
 * The checks are our own because there is no alternative in Java: POI and LibreOffice
 * open files that Excel offers to repair, and Microsoft's validator needs .NET. They
 * found two faults of our workbooks.
 */
package io.jobaudit.report.openxml;
