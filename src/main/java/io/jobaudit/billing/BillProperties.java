package io.jobaudit.billing;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;

/**
 * How the vendor's bill is read and compared.
 *
 * @param products codes of the product whose lines are compared
 * @param columns names of columns where the export has others than the documented ones,
 * such as {@code amount=Payable}
 * @param items job types of billing items that are named otherwise, such as
 * {@code ice_llm_text=TextGenerate}
 * @param tolerance how much of a difference may be unexplained, in the currency of the
 * line
 */
@ConfigurationProperties("audit.bill")
public record BillProperties(List<String> products, List<String> columns, List<String> items, BigDecimal tolerance) {

	public BillProperties(@DefaultValue("ice") List<String> products, @DefaultValue List<String> columns,
			@DefaultValue List<String> items, @DefaultValue("0.01") BigDecimal tolerance) {
		Assert.isTrue(!products.isEmpty(), "audit.bill.products takes product codes such as ice, but is empty");
		Assert.isTrue(tolerance.signum() >= 0,
				() -> "audit.bill.tolerance takes an amount of 0 or more such as 0.01, but got " + tolerance);
		pairs("columns", "amount=PretaxAmount", columns).keySet().forEach(BillColumn::of);
		pairs("items", "ice_llm_text=TextGenerate", items);
		this.products = List.copyOf(products);
		this.columns = List.copyOf(columns);
		this.items = List.copyOf(items);
		this.tolerance = tolerance;
	}

	boolean hasProduct(String code) {
		return this.products.stream().anyMatch(code::equalsIgnoreCase);
	}

	/** The job type of a billing item; the item itself if none is configured. */
	String jobType(String item) {
		return pairs("items", "", this.items).getOrDefault(item.toLowerCase(Locale.ROOT), item);
	}

	/** The configured names of columns. */
	Map<String, String> columnNames() {
		return pairs("columns", "", this.columns);
	}

	private static Map<String, String> pairs(String setting, String example, List<String> texts) {
		Map<String, String> pairs = new TreeMap<>();
		for (String text : texts) {
			int equals = text.indexOf('=');
			Assert.isTrue(equals > 0 && equals < text.length() - 1,
					() -> "audit.bill.%s takes pairs such as %s, but got %s".formatted(setting, example, text));
			pairs.put(text.substring(0, equals).strip().toLowerCase(Locale.ROOT), text.substring(equals + 1).strip());
		}
		return pairs;
	}

	/** What we read of a bill, with the names that the vendor's exports have for it. */
	enum BillColumn {

		MONTH(true, "BillingCycle", "BillingMonth", "账期"),

		PRODUCT(false, "ProductCode", "产品Code"),

		ITEM(true, "BillingItemCode", "BillingItem", "BillableItem", "计费项Code", "计费项", "CommodityCode", "商品Code"),

		CURRENCY(true, "Currency", "币种"),

		AMOUNT(true, "PretaxAmount", "应付金额"),

		USAGE(false, "Usage", "用量"),

		UNIT(false, "UsageUnit", "用量单位");

		private final boolean required;

		private final List<String> names;

		BillColumn(boolean required, String... names) {
			this.required = required;
			this.names = List.of(names);
		}

		static BillColumn of(String name) {
			for (BillColumn column : values()) {
				if (column.title().equals(name)) {
					return column;
				}
			}
			throw new IllegalArgumentException(
					"audit.bill.columns knows month, product, item, currency, amount, usage and unit, but got " + name);
		}

		boolean isRequired() {
			return this.required;
		}

		/** The first is the one to name in messages. */
		List<String> names() {
			return this.names;
		}

		String title() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
