"""Two products, each with all that it needs of PostHog."""

import pulumi
from product_analytics import ProductAnalytics

quarter = pulumi.Config().get("quarter") or "2026-Q4"

shop = ProductAnalytics("shop", name="Shop", quarter=quarter)
blog = ProductAnalytics("blog", name="Blog", quarter=quarter)

pulumi.export("shop_project_id", shop.project_id)
pulumi.export("shop_api_token", shop.api_token)
pulumi.export("shop_flags_key", shop.flags_key)
pulumi.export("blog_project_id", blog.project_id)
pulumi.export("blog_api_token", blog.api_token)
pulumi.export("blog_flags_key", blog.flags_key)
