"""GOV.UK Frontend, as `make assets` writes it."""
